const fs = require("fs.promises");

async function show() {
  try {
    const text = await fs.readFile("./notes.txt", "utf8");
    console.log(text);
  } catch (err) {
    console.error("Error:", err);
  }
}

show();
