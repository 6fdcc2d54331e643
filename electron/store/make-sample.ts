/**
 * Run when the program is built, not by the program: `node make-sample.js RESOURCES FILE SETTINGS` makes the sample that
 * a first start then only has to lay down, and prints its key. SETTINGS is a folder for settings that nobody keeps.
 */
import { makeReadySample } from './sample.ts'

const [resourcesFolder, file, settingsFolder] = process.argv.slice(2)
if (!resourcesFolder || !file || !settingsFolder)
  throw new Error('usage: make-sample.js RESOURCES FILE SETTINGS')
console.log(JSON.stringify(makeReadySample(file, resourcesFolder, settingsFolder)))
