// How dependency-cruiser resolves `@/`, as tsconfig.json has it (TypeScript 7 offers no API to read that).
const { resolve } = require('node:path')

module.exports = { resolve: { alias: { '@': resolve(__dirname, '..') }, extensions: ['.ts', '.tsx', '.mjs', '.js'] } }
