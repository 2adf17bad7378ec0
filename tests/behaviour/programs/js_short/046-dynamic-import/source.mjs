const { default: path, basename } = await import('node:path');
console.log(path.posix.join('/a', '..', 'b', 'c.txt'));
console.log(basename('/tmp/file.tar.gz', '.gz'));

const modules = ['node:os', 'node:does-not-exist', 'node:util'];
for (const name of modules) {
  try {
    const mod = await import(name);
    console.log(name, typeof mod.default);
  } catch (err) {
    console.log(name, err.code);
  }
}
