'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { type ReactNode, useState } from 'react'
import { createQueryClient } from '@/components/query-client'
import { AnnouncerProvider } from '@/components/ui/announcer'

/** What every page needs around it: remembered answers, state in the URL, a voice for screen readers. */
export function Providers({ children }: { children: ReactNode }) {
  const [client] = useState(createQueryClient)
  return (
    <QueryClientProvider client={client}>
      <NuqsAdapter>
        <AnnouncerProvider>{children}</AnnouncerProvider>
      </NuqsAdapter>
    </QueryClientProvider>
  )
}
