import type { Tolerance } from './tolerances'

/** The annotation of a workload or namespace that says when it is unwell: `p95=300ms errors=2%`. */
export const healthAnnotation = 'oriel.dev/health'

export type ParsedAnnotation = {
  readonly set: Partial<Tolerance>
  /** What could not be read, as it is written; the rest holds. */
  readonly bad: readonly string[]
}

/** One share sets both limits to it: from there on it is failing. `1%/5%`: degraded, and failing. */
const shares = /^(\d+(?:\.\d+)?)%(?:\/(\d+(?:\.\d+)?)%)?$/
const duration = /^(\d+(?:\.\d+)?)(ms|s)$/
const number = /^\d+(?:\.\d+)?$/

type Reader = (value: string) => Partial<Tolerance> | null

const band =
  (setting: 'errors' | 'clientErrors' | 'denied'): Reader =>
  (value) => {
    const [, low, high = low] = shares.exec(value) ?? []
    if (low === undefined) return null
    const limits = { degraded: Number(low) / 100, failing: Number(high) / 100 }
    return limits.degraded > 0 && limits.degraded <= limits.failing && limits.failing <= 1
      ? { [setting]: limits }
      : null
  }

const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['errors', band('errors')],
  ['client-errors', band('clientErrors')],
  ['denied', band('denied')],
  [
    'p95',
    (value) => {
      const [, n, unit] = duration.exec(value) ?? []
      const p95 = Number(n) * (unit === 's' ? 1000 : 1)
      return p95 > 0 ? { p95 } : null
    },
  ],
  [
    'baseline',
    (value) => {
      if (value === 'off') return { baseline: null }
      return number.test(value) && Number(value) > 1 ? { baseline: Number(value) } : null
    },
  ],
  ['min-responses', (value) => (/^[1-9]\d{0,6}$/.test(value) ? { minResponses: Number(value) } : null)],
])

/** One setting by its name in an annotation (`client-errors`) and what is written for it; null where that cannot be read. */
export const readTolerance = (name: string, value: string): Partial<Tolerance> | null =>
  readers.get(name.toLowerCase())?.(value.toLowerCase()) ?? null

const maxWords = 20

/** Reads `name=value` words; unknown names and values are `bad`, not errors. */
export function parseHealthAnnotation(text: string): ParsedAnnotation {
  let set: Partial<Tolerance> = {}
  const bad: string[] = []
  for (const word of text
    .split(/[\s,;]+/)
    .filter(Boolean)
    .slice(0, maxWords)) {
    const cut = word.indexOf('=')
    const parsed = cut < 0 ? null : readTolerance(word.slice(0, cut), word.slice(cut + 1))
    if (parsed) set = { ...set, ...parsed }
    else bad.push(word.slice(0, 60))
  }
  return { set, bad }
}
