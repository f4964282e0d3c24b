'use client'

import { download, fileName } from '../../share/download'
import { useAnnounce } from '../../ui/announcer'
import { Button } from '../../ui/button'
import type { ReportProps } from './report'
import { coverageCsv, plaintextCsv, reportJson } from './report-files'
import { useScopeWords } from './use-scope-words'

/** The report as files: coverage and plaintext edges as CSV, all of it as JSON. */
export function DownloadButtons(report: ReportProps) {
  const announce = useAnnounce()
  const scope = useScopeWords(report.data)
  const save = (what: string, extension: 'csv' | 'json', content: string) => {
    const name = fileName(what, report.data.window.to, extension)
    download(name, content, extension === 'csv' ? 'text/csv' : 'application/json')
    announce(`${name} is downloaded`)
  }
  return (
    <>
      <Button onClick={() => save('encryption', 'csv', coverageCsv(report.data, scope))}>CSV, coverage</Button>
      <Button onClick={() => save('plaintext', 'csv', plaintextCsv(report.data))}>CSV, plaintext</Button>
      <Button onClick={() => save('encryption', 'json', reportJson(report))}>JSON</Button>
    </>
  )
}
