async function loadSettingsAndAccount(id) {
  const settings = await loadSettings();
  const account = await fetchAccount(id);
  return { settings, account };
}
