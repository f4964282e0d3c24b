import type { EncryptionPart } from '@/core/encryption/encryption-page'
import { listWords } from '@/core/text/words'

const mostNamed = 6

type About = {
  /** The one cluster that is asked about; '' for all. */
  readonly cluster: string
  readonly clusters: readonly string[]
  /** null: the whole. */
  readonly part: EncryptionPart | null
  /** Teams of which the namespaces of the part are; empty where that is not known. */
  readonly teams: readonly string[]
  readonly q: string
}

/** What a report is about: which clusters or namespaces, and which of their edges. */
export function scopeWords({ cluster, clusters, part, teams, q }: About): string {
  const where = part ? partWords(part, teams) : cluster ? '' : `all clusters: ${clusters.join(', ')}`
  const of = [where, cluster && `cluster ${cluster}`].filter(Boolean).join(' in ')
  return `${of}; ${q ? `only edges that match ${q}` : part ? 'all edges that begin or end there' : 'all edges'}`
}

function partWords({ namespaces, count }: EncryptionPart, teams: readonly string[]): string {
  if (teams.length > 0) return `namespaces of ${listWords(teams)}`
  const cut = (pair: string) => pair.lastIndexOf('/')
  const several = new Set(namespaces.map((pair) => pair.slice(0, cut(pair)))).size > 1
  const names = namespaces.slice(0, mostNamed).map((pair) => (several ? pair : pair.slice(cut(pair) + 1)))
  const more = count - names.length
  return `${count === 1 ? 'namespace' : 'namespaces'} ${names.join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
