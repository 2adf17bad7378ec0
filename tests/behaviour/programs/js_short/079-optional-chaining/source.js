const user = {
  profile: { name: 'Sam', address: null, tags: [] },
  greet() { return `hi ${this.profile.name}`; },
};

console.log(user.profile?.name, user.settings?.theme, user.profile.address?.street);
console.log(user.greet?.(), user.missing?.(), user.profile.tags?.[0]);
console.log(user.settings?.theme ?? 'light', 0 ?? 5, 0 || 5, '' ?? 'empty', null ?? 'nullish');

let count = 0;
null?.[count++];
console.log('short circuit:', count);

const opts = { retries: 0, name: '' };
opts.retries ??= 3;
opts.name ||= 'default';
opts.verbose ??= true;
opts.retries &&= 100;
console.log(opts);
console.log(delete user?.profile, user.profile);
