async function openReport(id) {
  const [report, charts] = await Promise.all([
    fetchReport(id),
    fetchCharts(id),
  ]);
  return { report, charts };
}
