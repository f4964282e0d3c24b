import { encryptionClasses, type Amounts, type Coverage } from '@/core/encryption/classes'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { type Cell, csv } from '@/core/export/export-csv'
import { edgeName } from '../parts'
import type { ReportProps } from './report'

const iso = (time: number): string => new Date(time).toISOString()

const figureHeader = [...encryptionClasses.map((each) => each.replaceAll(/[+-]/g, '_')), 'least', 'most'] as const

const figureCells = (amounts: Amounts, coverage: Coverage | null): readonly Cell[] => [
  ...encryptionClasses.map((each) => amounts[each]),
  coverage?.least ?? null,
  coverage?.most ?? null,
]

/**
 * Coverage of the whole, of clusters, namespaces, teams and pairs, an amount for each class. `scope`: what the whole is
 * here (scope-words.ts), which may be the namespaces of a team.
 */
export function coverageCsv(
  { unit, window, amounts, coverage, edges, ...data }: EncryptionPage,
  scope: string,
): string {
  const period = [iso(window.from), iso(window.to), unit] as const
  const row = (what: string, name: string, n: number, of: Amounts, bounds: Coverage | null): readonly Cell[] => [
    ...period,
    what,
    name,
    n,
    ...figureCells(of, bounds),
  ]
  return csv(
    ['from', 'to', 'unit', 'of', 'name', 'edges', ...figureHeader],
    [
      row('scope', scope, edges.counted, amounts, coverage),
      ...data.clusters.map((each) => row('cluster', each.name, each.edges, each.amounts, each.coverage)),
      ...data.groups.map((each) => row(each.kind, each.id, each.edges, each.amounts, each.coverage)),
      ...data.teams.map((each) => row('team', each.name, each.edges, each.amounts, each.coverage)),
      ...data.matrix.map((each) => row('pair', `${each.from} → ${each.to}`, each.edges, each.amounts, each.coverage)),
    ],
  )
}

/** Plaintext edges with why, what mends them and who accepts them. */
export function plaintextCsv({ unit, window, plaintext }: EncryptionPage): string {
  return csv(
    ['from', 'to', 'unit', 'edge', 'plaintext', 'of', 'why', 'mend', 'accepted_by', 'accepted_until', 'reason'],
    plaintext.map(({ evidence: { amounts, total }, why, mend, accepted, ...edge }) => [
      iso(window.from),
      iso(window.to),
      unit,
      edgeName(edge),
      amounts.plaintext + amounts.notEncrypted,
      total,
      why,
      mend?.words ?? null,
      accepted?.owner ?? null,
      accepted ? iso(accepted.expiresAt) : null,
      accepted?.reason ?? null,
    ]),
  )
}

/** Everything that the report says, as the API tells it. */
export const reportJson = ({ data, ...more }: ReportProps): string => JSON.stringify({ ...data, ...more }, null, 2)
