"use strict";
var __importDefault = (this && this.__importDefault) || function (mod) {
    return (mod && mod.__esModule) ? mod : { "default": mod };
};
Object.defineProperty(exports, "__esModule", { value: true });
exports.describe = void 0;
const path_1 = __importDefault(require("path"));
const separator = require("path").sep;

class Folder {
    constructor(name) {
        this.name = name;
    }
}
Object.defineProperty(Folder.prototype, "kind", { value: "folder" });

// Where a list ends, something is added.
function parts(name) {
    const found = [];
    let count = 0;
    for (const part of name.split(separator)) {
        if (part) {
            found[count++] = part;
        }
    }
    found[found.length] = "end";
    return found;
}

function later(read) {
    return () => read(() => exports.describe?.name);
}

exports.describe = function describe(name) {
    const folder = new Folder(path_1.default.basename(name));
    return `${folder.kind} ${folder.name}: ${parts(name).join(", ")}`;
};
console.log(exports.describe("/usr/lib/node"));
