/** Progress for people: each step is said when it begins and again, with its time, when it is done. */
export async function step<T>(title: string, work: (progress: (note: string) => void) => Promise<T>): Promise<T> {
  const started = Date.now()
  const tty = process.stderr.isTTY
  const say = (text: string) => process.stderr.write(tty ? `\r\u001b[2K${text}` : `${text}\n`)
  const seconds = () => ((Date.now() - started) / 1000).toFixed(1)
  say(`  … ${title}`)
  const ticker = tty ? setInterval(() => say(`  … ${title} ${seconds()} s`), 1_000) : undefined
  try {
    const result = await work((note) => say(`  … ${title}: ${note}`))
    say(`  ✓ ${title} (${seconds()} s)`)
    return result
  } catch (thrown) {
    say(`  ✗ ${title}`)
    throw thrown
  } finally {
    clearInterval(ticker)
    if (tty) process.stderr.write('\n')
  }
}
