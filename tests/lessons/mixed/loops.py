# only: asyncio-run-inside-loop, asyncio-run-twice
import asyncio
async def work(): await asyncio.sleep(1)
async def main(): await work()
async def bad():
    asyncio.run(work())  #~ asyncio-run-inside-loop
    loop = asyncio.get_running_loop()
    loop.run_until_complete(work())  #~ asyncio-run-inside-loop
    asyncio.get_event_loop().run_until_complete(work())  #~ asyncio-run-inside-loop
    def sync(): asyncio.run(work())
def helper():
    asyncio.run(work())
async def calls_helper():
    helper()  #~ asyncio-run-inside-loop
    await asyncio.to_thread(helper)
if __name__ == "__main__":
    asyncio.run(main())
    asyncio.run(work())  #~ asyncio-run-twice
