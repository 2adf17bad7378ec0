const page = new URL('https://shop.example:8443/items/7?sort=price&page=2#top');
console.log(page.hostname, page.port, page.pathname, page.search, page.origin);
console.log(page.searchParams.get('sort'), page.searchParams.has('limit'));

const query = new URLSearchParams({ q: 'red shoes', limit: 20 });
query.set('page', '3');
for (const [name, value] of query) console.log(`${name}=${value}`);
console.log(`/search?${query}`);
