import type { ServiceDetail } from '@/core/services/service-detail'
import type { ServicePods } from '@/core/services/service-pods'
import { mainShares, shareWords } from '../encryption-words'
import { plural } from '../format'
import { Chip } from '../ui/chip'
import { readyWords } from './pods-card'

/** Version, pods, encryption and policies, as far as they are known. */
export function ServiceChips({ service, pods }: { service: ServiceDetail; pods: ServicePods | undefined }) {
  const { encryption, role } = service
  const [most] = mainShares(encryption)
  const known = pods?.known && pods.total > 0
  const [version, ...others] = pods?.versions ?? []
  return (
    <>
      {version && <Chip>{others.length > 0 ? `${version} and ${others.join(', ')}` : version}</Chip>}
      {known ? <Chip>{readyWords(pods)}</Chip> : service.pods ? <Chip>{plural(service.pods, 'pod')}</Chip> : null}
      {most && <Chip>{shareWords([most])}</Chip>}
      {known && (
        <Chip>{pods.policies.length === 0 ? 'no policy' : plural(pods.policies.length, 'policy', 'policies')}</Chip>
      )}
      {role && <Chip>{role === 'gateway' ? 'gateway' : 'waypoint proxy'}</Chip>}
    </>
  )
}
