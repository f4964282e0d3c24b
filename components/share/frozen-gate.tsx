'use client'

import { useQuery } from '@tanstack/react-query'
import { createContext, type ReactNode, useContext } from 'react'
import type { OpenedLink } from '@/core/links/link'
import { ApiError } from '../api'
import { openedLinkQuery } from './queries'
import { ErrorState } from '../shell/error-state'
import { useFrozenToken } from '../url-state'
import { SkeletonRows } from '../ui/skeleton'
import { FrozenBanner } from './frozen-banner'
import { GoneLink } from './gone-link'

const FrozenContext = createContext<OpenedLink | null>(null)

/** The frozen link that the page shows; null on live pages. */
export const useFrozen = (): OpenedLink | null => useContext(FrozenContext)

/** Lets pages through; on a frozen one, once its link has said what it is. */
export function FrozenGate({ children }: { children: ReactNode }) {
  const token = useFrozenToken()
  return token === null ? children : <Frozen token={token}>{children}</Frozen>
}

function Frozen({ token, children }: { token: string; children: ReactNode }) {
  const { data: link, error, refetch } = useQuery(openedLinkQuery(token))
  if (!link) {
    if (!error) return <SkeletonRows rows={18} label="Loading the frozen view" />
    const gone = error instanceof ApiError && error.code === 'not_found'
    return <main id="page">{gone ? <GoneLink /> : <ErrorState error={error} onRetry={() => void refetch()} />}</main>
  }
  return (
    <FrozenContext value={link}>
      <FrozenBanner link={link} />
      {children}
    </FrozenContext>
  )
}
