import asyncio


async def open_report(report_id):
    report, charts = await asyncio.gather(
        fetch_report(report_id), fetch_charts(report_id)
    )
    return {"report": report, "charts": charts}
