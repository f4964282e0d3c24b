import { headers } from 'next/headers'
import { redirect } from 'next/navigation'
import { MapPage } from '@/components/map/map-page'
import { everything } from '@/core/scope'
import { landingPath } from '@/server/views/saved-views'

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

/** The map; Oriel opened by its bare address leads to the pinned view. Links within the console load no document and stay. */
export default async function Page({ searchParams }: Props) {
  const [search, head] = await Promise.all([searchParams, headers()])
  if (Object.keys(search).length === 0 && head.get('sec-fetch-dest') === 'document') {
    // Without a login everybody sees everything (server/http.ts).
    const path = await landingPath(everything)
    if (path !== null && path !== '/') redirect(path)
  }
  return <MapPage />
}
