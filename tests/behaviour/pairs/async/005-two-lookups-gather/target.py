import asyncio


async def find_member(member_id):
    return await asyncio.sleep(0.01, {"id": member_id, "name": "Grace"})


async def find_loans(member_id):
    return await asyncio.sleep(0.005, [f"loan-{member_id}-a", f"loan-{member_id}-b"])


async def lending_desk(member_id):
    member, loans = await asyncio.gather(
        find_member(member_id),
        find_loans(member_id),
    )
    return {"member": member, "loans": loans}


async def main():
    desk = await lending_desk(3)
    member, loans = desk["member"], desk["loans"]
    print(f"{member['name']}: {', '.join(loans)}")


if __name__ == "__main__":
    asyncio.run(main())
