import type { DecisionPage, EndCover, EndIsolation } from '@/core/policy/pages/decision-page'
import { refKey } from '@/core/policy/normal-form'
import type { ServiceDetail } from '@/core/services/service-detail'
import type { ServicePods } from '@/core/services/service-pods'
import { plural } from '../format'
import { PolicyLinks } from '../policies/decision-text'
import { NodeActions } from '../policies/node-decision'
import { StatusMark } from '../status-mark'
import { Card } from './card'

type Props = {
  data: ServicePods
  service: ServiceDetail
  /** What policies of every kind say; absent where that is not known. */
  decisions: DecisionPage | undefined
}

/** Which policies select its pods; that none does is said, because then everything is allowed. */
export function PoliciesCard({ data, service, decisions }: Props) {
  const { namespace, kind, name } = service
  const cover = decisions?.ends.find((end) => end.namespace === namespace && end.kind === kind && end.name === name)
  if (decisions && cover) return <CoverCard service={service} page={decisions} cover={cover} />
  return <SelectedCard data={data} />
}

/** By policies of every kind: what may come in, where it may go, and what may be done about it. */
function CoverCard({ service, page, cover }: { service: ServiceDetail; page: DecisionPage; cover: EndCover }) {
  const { ingress, egress, mesh } = cover
  const count = new Set([ingress, egress, ...(mesh ? [mesh] : [])].flatMap(({ by }) => by.map(refKey))).size
  return (
    <Card
      title="Policies that isolate it"
      figure={<span className="text-xs">{plural(count, 'policy', 'policies')}</span>}
    >
      <Side title="In" of={ingress} open="everything may call it" cluster={page.cluster} />
      <Side title="Out" of={egress} open="it may call everything" cluster={page.cluster} />
      {mesh && <Side title="Mesh" of={mesh} open="the mesh lets everything in" cluster={page.cluster} />}
      {page.differing > 0 && (
        <p className="py-1.5">
          <StatusMark
            status="warn"
            label={`${plural(page.differing, 'edge')} not as the policies say; they are marked among its calls`}
            showLabel
          />
        </p>
      )}
      <div className="[&>p]:border-b-0 [&>p]:pb-0">
        <NodeActions sel={service.id} cluster={service.cluster} namespace={service.namespace} isNamespace={false} />
      </div>
    </Card>
  )
}

type SideProps = { title: string; of: EndIsolation; open: string; cluster: string }

function Side({ title, of: { state, by }, open, cluster }: SideProps) {
  return (
    <div className="border-b border-line py-1.5 text-xs text-fg-2">
      <p className="flex gap-2 text-sm text-fg">
        <span className="w-11 shrink-0 text-fg-2">{title}</span>
        <StatusMark
          status={state === 'isolated' ? 'ok' : state === 'open' ? 'warn' : 'unknown'}
          label={state === 'isolated' ? 'isolated' : state === 'open' ? open : 'not known'}
          showLabel
        />
      </p>
      {by.length > 0 && (
        <div className="pl-[52px]">
          <PolicyLinks policies={by} cluster={cluster} />
        </div>
      )}
    </div>
  )
}

/** By the NetworkPolicies of the inventory alone. */
function SelectedCard({ data }: { data: ServicePods }) {
  const { policies, isolated, known, total } = data
  if (!known || total === 0) return null
  return (
    <Card
      title="Policies that select it"
      figure={<span className="text-xs">{plural(policies.length, 'policy', 'policies')}</span>}
    >
      {policies.length === 0 ? (
        <p className="flex gap-1.5">
          <span className="mt-0.5">
            <StatusMark status="warn" label="No policy" />
          </span>
          No NetworkPolicy selects it: everything may call it and be called
        </p>
      ) : (
        <>
          <ul className="max-h-44 overflow-auto">
            {policies.map((policy) => (
              <li
                key={`${policy.kind} ${policy.name}`}
                className="flex min-h-7 items-center justify-between gap-3 border-b border-line last:border-b-0"
              >
                <span className="min-w-0 truncate font-mono text-xs" title={`${policy.kind} ${policy.name}`}>
                  {policy.name}
                </span>
                <span className="shrink-0 text-xs text-fg-3">
                  {[policy.ingress && 'ingress', policy.egress && 'egress'].filter(Boolean).join(' and ')}
                </span>
              </li>
            ))}
          </ul>
          <p className="mt-1.5 text-xs text-fg-3">{isolationWords(isolated)}</p>
        </>
      )}
    </Card>
  )
}

function isolationWords({ ingress, egress }: ServicePods['isolated']): string {
  if (ingress && egress) return 'What they do not allow is denied, in both directions.'
  if (ingress) return 'What they do not allow to come in is denied; all that goes out is allowed.'
  return 'What they do not allow to go out is denied; all that comes in is allowed.'
}
