import type { Cell } from '@/core/export/export-csv'
import { figureCells, figureHeader } from '@/core/export/export-graph-csv'
import type { Line } from './sort-services'

/** The columns of the services table as a file has them: all of them, whichever are shown. */
export const servicesHeader: readonly string[] = [
  'cluster',
  'namespace',
  'kind',
  'name',
  'team',
  'health',
  'why',
  ...figureHeader,
  'pods',
  'callers',
  'callees',
  'encrypted_at_least_ratio',
  'encrypted_at_most_ratio',
  'encrypted_of',
  'policies',
]

/** The services in the order of the table, without its headings. What is unknown is empty. */
export const servicesRows = (lines: readonly Line[]): readonly (readonly Cell[])[] =>
  lines.flatMap((line) => {
    if (line.type !== 'service') return []
    const { row } = line
    return [
      [
        row.cluster,
        row.namespace,
        row.kind,
        row.name,
        row.team,
        row.health,
        row.why,
        ...figureCells(row.figures),
        row.pods,
        row.callers,
        row.callees,
        row.encrypted?.least ?? null,
        row.encrypted?.most ?? null,
        row.encrypted?.unit ?? null,
        row.policies?.join(' ') ?? null,
      ],
    ]
  })
