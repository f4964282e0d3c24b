import { useQuery } from '@tanstack/react-query'
import type { EncryptionPage } from '@/core/encryption/encryption-page'
import { meQuery } from '../../access/queries'
import { useCluster, useFilter, useFrozenToken } from '../../url-state'
import { scopeWords } from './scope-words'

/** What the report is about, in words. */
export function useScopeWords({ clusters, part }: Pick<EncryptionPage, 'clusters' | 'part'>): string {
  const [cluster] = useCluster()
  const [q] = useFilter()
  const frozen = useFrozenToken() !== null
  const { data: me } = useQuery({ ...meQuery(), enabled: !frozen })
  return scopeWords({
    cluster: cluster ?? '',
    clusters: clusters.map(({ name }) => name),
    part,
    // What is frozen is what its maker saw, whoever looks on.
    teams: (!frozen && me?.teams) || [],
    q: q ?? '',
  })
}
