import { globMatches } from './glob'

/**
 * Whether a DNS name fits a pattern: `*` stands for any characters but a dot, also none, and `**` as the first of
 * several labels for one or more of them. `*` alone fits every name. Case and a dot at the end do not count.
 */
export function domainMatches(pattern: string, name: string): boolean {
  const text = canonical(pattern)
  if (text === '*') return true
  const wanted = text.split('.')
  const labels = canonical(name).split('.')
  if (wanted[0] !== '**') return wanted.length === labels.length && allFit(wanted, labels)
  const rest = wanted.slice(1)
  return labels.length > rest.length && allFit(rest, labels.slice(labels.length - rest.length))
}

const canonical = (text: string) => text.toLowerCase().replace(/\.$/, '')

const allFit = (patterns: readonly string[], labels: readonly string[]): boolean =>
  patterns.every((pattern, i) => globMatches(pattern.split('*'), labels[i] ?? ''))
