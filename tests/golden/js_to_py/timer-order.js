console.log("first");
setTimeout(() => console.log("third"), 1500);
console.log("second");
