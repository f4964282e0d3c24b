import type { Metadata } from 'next'
import { EncryptionPage } from '@/components/encryption/encryption-page'

export const metadata: Metadata = { title: 'Encryption' }

export default function Page() {
  return <EncryptionPage />
}
