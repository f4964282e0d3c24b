'use client'

import { type Cell, csv } from '@/core/export/export-csv'
import { useAnnounce } from '../ui/announcer'
import { Button } from '../ui/button'
import { download, fileName } from './download'

type Props = {
  /** What the file is of, in a word: `services`. */
  what: string
  /** Names of the columns, with their units: `p95_ms`. */
  header: readonly string[]
  /** Made when it is pressed. */
  rows: () => readonly (readonly Cell[])[]
  /** End of the time that the table is of, in milliseconds. */
  to?: number | null
}

/** Downloads a table as CSV: all of its rows, also those out of sight. */
export function CsvButton({ what, header, rows, to = null }: Props) {
  const announce = useAnnounce()
  const save = () => {
    const name = fileName(what, to, 'csv')
    download(name, csv(header, rows()), 'text/csv')
    announce(`${name} is downloaded`)
  }
  return (
    <Button onClick={save} className="print:hidden">
      CSV
    </Button>
  )
}
