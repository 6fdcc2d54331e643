/**
 * Runs the commands that stdin lists as JSON, one after the other, with the built program named first; prints what
 * each ended with and said.
 */
const calls = JSON.parse(await new Response(process.stdin).text())
const { runCli } = await import(process.argv[2])
process.stdout.setMaxListeners(0)
const print = process.stdout.write.bind(process.stdout)
const surroundings = { ...process.env }
const ran = []
for (const { folder, args, env } of calls) {
  const said = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'])
    process[name].write = (text) => {
      said[name] += String(text)
      return true
    }
  process.chdir(folder)
  Object.assign(process.env, surroundings, env)
  ran.push({ status: await runCli(args), ...said })
}
print(JSON.stringify(ran))
