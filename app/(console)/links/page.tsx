import type { Metadata } from 'next'
import { LinksPage } from '@/components/share/links-page'

export const metadata: Metadata = { title: 'Shared links' }

export default function Page() {
  return <LinksPage />
}
