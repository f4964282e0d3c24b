/** A share 0..1 in words: `98 %`, `6.1 %`, `< 0.1 %`. What is not zero is never written as 0, what is not all never as 100. */
export function percentWords(share: number): string {
  const percent = share * 100
  if (percent > 0 && percent < 0.05) return '< 0.1 %'
  if (percent < 100 && percent >= 99.5) return '> 99 %'
  return `${percent < 9.95 ? trim(percent.toFixed(1)) : percent.toFixed(0)} %`
}

/** Milliseconds in words: `3.2 ms`, `741 ms`, `1.5 s`. */
export function msWords(ms: number): string {
  if (ms < 999.5) return `${ms < 9.95 ? trim(ms.toFixed(1)) : ms.toFixed(0)} ms`
  return `${ms < 9950 ? trim((ms / 1000).toFixed(1)) : (ms / 1000).toFixed(0)} s`
}

/** A span in words, by its largest unit: `40 min`, `24 h`, `3 d`. */
export function spanWords(ms: number): string {
  const minutes = Math.round(ms / 60_000)
  if (minutes < 1) return `${Math.round(ms / 1000)} s`
  if (minutes < 120) return `${minutes} min`
  return minutes <= 48 * 60 ? `${Math.round(minutes / 60)} h` : `${Math.round(minutes / 1440)} d`
}

/** Events a second in words: `17.6/s`, `3/min`. */
export const rateWords = (perSecond: number): string =>
  perSecond < 0.5 ? `${trim((perSecond * 60).toFixed(1))}/min` : `${trim(perSecond.toFixed(perSecond < 100 ? 1 : 0))}/s`

const trim = (text: string) => text.replace(/\.0$/, '')

const thousands = ['', ' k', ' M', ' G', ' T']

/** A large number in words: `812`, `12.4 k`, `3.1 M`. */
export function amountWords(n: number): string {
  const power = n < 10_000 ? 0 : Math.min(thousands.length - 1, Math.floor(Math.log10(n) / 3))
  const part = n / 1000 ** power
  return `${power === 0 ? part.toFixed(0) : trim(part.toFixed(part < 99.95 ? 1 : 0))}${thousands[power] ?? ''}`
}

const numbers = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine']

/** `one hop`, `three hops`, `12 hops`. */
export const countWords = (count: number, one: string, many = `${one}s`): string =>
  `${numbers[count] ?? count} ${count === 1 ? one : many}`

/** `a`, `a and b`, `a, b and 3 more`. */
export function listWords(names: readonly string[]): string {
  const [first = '', second, third] = names
  if (second === undefined) return first
  if (third === undefined) return `${first} and ${second}`
  return names.length === 3 ? `${first}, ${second} and ${third}` : `${first}, ${second} and ${names.length - 2} more`
}
