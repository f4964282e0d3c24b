import type { Metadata } from 'next'
import { ReportPage } from '@/components/encryption/report/report-page'

export const metadata: Metadata = { title: 'Encryption report' }

export default function Page() {
  return <ReportPage />
}
