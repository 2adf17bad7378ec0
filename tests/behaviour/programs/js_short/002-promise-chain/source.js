function fetchUser(id) {
  return new Promise(function (resolve, reject) {
    setTimeout(function () {
      if (id <= 0) {
        reject(new Error('Invalid user id: ' + id));
      } else {
        resolve({ id: id, name: 'User' + id });
      }
    }, 10);
  });
}

fetchUser(7)
  .then(function (user) {
    console.log('Got user', user);
    return user.name.toUpperCase();
  })
  .then(function (name) {
    console.log('Name:', name);
    return fetchUser(-1);
  })
  .then(function () {
    console.log('never printed');
  })
  .catch(function (err) {
    console.log('Caught:', err.message);
  })
  .finally(function () {
    console.log('Done');
  });
