import { compilePolicies } from '../compile'
import type { Decision, Flow } from '../decision'
import { evaluate } from '../evaluate'
import { explain } from '../explain'
import type { Model, ModelObject, Workload } from '../model'
import { defaultOptions, type Options } from '../profile'
import { flowTo, modelOf, pod } from '../test-model'

const named = [{ name: 'http', protocol: 'TCP' as const, port: 8080 }]

/** The same four in a mesh, and one without a proxy. */
export const meshPods = (mesh: 'istio' | 'linkerd') => ({
  web: pod('shop/web', { mesh, serviceAccount: 'web', labels: { app: 'web' }, ips: ['10.0.0.1'], nodes: ['n1'] }),
  api: pod('shop/api', {
    mesh,
    serviceAccount: 'api',
    labels: { app: 'api' },
    ips: ['10.0.0.2'],
    nodes: ['n1'],
    ports: named,
  }),
  job: pod('batch/job', { mesh, serviceAccount: 'job', labels: { app: 'job' }, ips: ['10.0.0.3'], nodes: ['n2'] }),
  gate: pod('edge/gate', { mesh, serviceAccount: 'gate', labels: { istio: 'ingressgateway' }, ips: ['10.0.0.4'] }),
  bare: pod('shop/bare', { labels: { app: 'bare' }, ips: ['10.0.0.9'], nodes: ['n1'] }),
})

export type Asked = {
  readonly objects: readonly ModelObject[]
  readonly from: Workload
  readonly to: Workload
  readonly flow?: Partial<Flow>
  readonly options?: Partial<Options>
  readonly model?: Partial<Model>
}

const compiledOf = ({ objects, from, to, options, model }: Asked) =>
  compilePolicies(modelOf([from, to], objects, model), { ...defaultOptions, ...options })

const flowOf = ({ from, to, flow }: Asked) => flowTo(from, to, 8080, flow)

export const decide = (asked: Asked): Decision => evaluate(compiledOf(asked), flowOf(asked))
export const verdictOf = (asked: Asked) => decide(asked).verdict
export const sentences = (asked: Asked): string => explain(compiledOf(asked), flowOf(asked), decide(asked)).join(' ')
/** What cannot be read, as `path reason`. */
export const problemsOf = (...objects: readonly ModelObject[]): readonly string[] =>
  compilePolicies(modelOf([], objects), defaultOptions).unread.flatMap(({ problems }) =>
    problems.map(({ path, reason }) => `${path} ${reason}`),
  )

export const object =
  (apiVersion: string, kind: string) =>
  (key: string, spec: ModelObject, annotations: ModelObject = {}): ModelObject => {
    const [namespace, name] = key.split('/')
    return { apiVersion, kind, metadata: { namespace, name, annotations }, spec }
  }
