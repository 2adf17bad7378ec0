const delay = (ms, value) => new Promise(r => setTimeout(() => r(value), ms))

async function loadDashboard() {
  const [user, posts, settings] = await Promise.all([
    delay(30, { name: 'Ana' }),
    delay(10, ['Hello', 'World']),
    { theme: 'dark' },
  ])
  console.log(`${user.name} has ${posts.length} posts`)
  console.log('theme =', settings.theme)
  return posts.map(p => p.length)
}

loadDashboard().then(lengths => console.log(lengths))
