import type { Metadata } from 'next'
import { PolicyEditorPage } from '@/components/policy-editor/editor-page'

export const metadata: Metadata = { title: 'Edit policies' }

export default function Page() {
  return <PolicyEditorPage />
}
