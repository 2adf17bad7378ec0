process.on('unhandledRejection', (reason, promise) => {
  console.log('Unhandled:', reason.message, promise instanceof Promise);
});

async function forgetful() {
  throw new Error('nobody is listening');
}

forgetful();

setTimeout(() => {
  console.log('still running');
}, 10);

process.on('exit', (code) => console.log('exit code', code));
