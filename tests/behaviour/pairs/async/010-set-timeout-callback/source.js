console.log("doors open");
setTimeout(() => console.log("bell rings"), 10);
console.log("seats taken");
