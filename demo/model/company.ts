import { meshSystem } from './mesh-system'
import type { CallSpec, Company, NamespaceSpec, ProxyKind, WorkloadSpec } from './types'

const namespace = (name: string, l7: boolean, mesh?: ProxyKind, team = name): NamespaceSpec => ({
  name,
  team,
  l7,
  mesh,
})

const tcp = (port: number, name: string) => ({ name, port, protocol: 'TCP' as const })
const http = tcp(8080, 'http')
const grpc = tcp(9000, 'grpc')

const app = (path: string, replicas: number, ...ports: WorkloadSpec['ports'][number][]): WorkloadSpec => {
  const [ns = '', name = ''] = path.split('/')
  return { namespace: ns, name, kind: 'Deployment', replicas, ports }
}
const store = (path: string, replicas: number, port: number, name: string): WorkloadSpec => ({
  ...app(path, replicas, tcp(port, name)),
  kind: 'StatefulSet',
})

const workloads: readonly WorkloadSpec[] = [
  app('storefront/web', 3, http, tcp(9090, 'metrics')),
  app('storefront/bff', 3, http),
  app('storefront/search', 2, grpc),
  app('storefront/recommendations', 2, grpc),
  app('storefront/feature-flags', 1, http),
  { ...store('storefront/search-index', 2, 9200, 'http'), mesh: 'none' },
  app('checkout/cart', 2, grpc),
  app('checkout/checkout', 2, grpc),
  app('checkout/payments', 2, grpc),
  app('checkout/fraud', 1, grpc),
  app('checkout/tax', 1, grpc),
  store('checkout/cart-redis', 1, 6379, 'redis'),
  app('catalog/products', 3, grpc),
  app('catalog/pricing', 2, grpc),
  app('catalog/inventory', 2, grpc),
  app('catalog/images', 2, http),
  app('catalog/reviews', 1, grpc),
  { ...store('catalog/catalog-postgres', 1, 5432, 'postgres'), mesh: 'none' },
  app('orders/orders', 2, grpc),
  app('orders/fulfilment', 1, http),
  app('orders/notifications', 1, http),
  app('orders/returns', 1, grpc),
  store('orders/orders-postgres', 1, 5432, 'postgres'),
  store('orders/events-kafka', 3, 9092, 'kafka'),
  app('accounts/identity', 2, http),
  app('accounts/profiles', 2, grpc),
  { ...store('accounts/accounts-postgres', 1, 5432, 'postgres'), mesh: 'none' },
  app('logistics/shipping', 2, grpc),
  app('logistics/rates', 1, http),
  { ...app('logistics/warehouse-sync', 1), kind: 'CronJob' },
  app('data/ingest', 1, http),
  app('data/reports', 1, http),
  app('data/dashboards', 1, http),
  store('data/warehouse-clickhouse', 1, 8123, 'http'),
  { ...app('platform/ingress', 2, tcp(443, 'https')), mesh: 'gateway' },
  app('platform/prometheus', 1, tcp(9090, 'http')),
  app('platform/mailer', 1, tcp(2525, 'smtp')),
  { ...app('platform/otel-collector', 0, tcp(4317, 'otlp')), kind: 'DaemonSet' },
  {
    ...app('kube-system/coredns', 2, { name: 'dns', port: 53, protocol: 'UDP' }, tcp(9153, 'metrics')),
    service: 'kube-dns',
  },
  { ...app('kube-system/cilium', 0), kind: 'DaemonSet', hostNetwork: true },
]

type More = Partial<Omit<CallSpec, 'from' | 'to' | 'port' | 'protocol' | 'rate' | 'operations'>>

/** One call: who, whom and port, protocol, calls per second, [p50, p95] in milliseconds, operations. */
const call = (
  from: string,
  [to, port]: readonly [string, number],
  protocol: CallSpec['protocol'],
  rate: number,
  [p50, p95]: readonly [number, number],
  operations: readonly string[],
  more: More = {},
): CallSpec => ({ from, to, port, protocol, rate, p50, p95, errors: 0, operations, ...more })

const pages = ['GET /', 'GET /', 'GET /c/{n}', 'GET /p/{n}', 'GET /p/{n}', 'GET /search?q={w}', 'GET /basket']
const api = [
  'GET /api/home',
  'GET /api/products/{n}',
  'GET /api/products/{n}',
  'GET /api/search?q={w}',
  'GET /api/basket',
  'GET /api/orders/{u}',
]
const bffOut = (to: string, rate: number, latency: readonly [number, number], methods: string[], more: More = {}) =>
  call('storefront/bff', [to, 9000], 'grpc', rate, latency, methods, more)
const sql = (from: string, to: string, rate: number, latency: readonly [number, number]) =>
  call(from, [to, 5432], 'tcp', rate, latency, [])
const kafka = (from: string, rate: number, topic: string) =>
  call(from, ['orders/events-kafka', 9092], 'kafka', rate, [2.5, 8], [topic])
const dns = (from: string, rate: number, ...names: string[]) =>
  call(from, ['kube-system/coredns', 53], 'dns', rate, [0.4, 1.1], names)
const telemetry = (from: string, rate: number) =>
  call(
    from,
    ['platform/otel-collector', 4317],
    'grpc',
    rate,
    [1, 3],
    ['opentelemetry.proto.collector.trace.v1.TraceService/Export'],
  )

const calls: readonly CallSpec[] = [
  call('Internet', ['platform/ingress', 443], 'http', 16, [34, 96], [...pages, ...api], {
    errors: 0.003,
    inspectedAtCaller: false,
  }),
  call('platform/ingress', ['storefront/web', 8080], 'http', 12, [22, 61], pages, { errors: 0.002 }),
  call('platform/ingress', ['storefront/bff', 8080], 'http', 4, [41, 118], [...api, 'POST /api/checkout'], {
    errors: 0.003,
  }),
  call('storefront/web', ['storefront/bff', 8080], 'http', 9.5, [36, 104], api, { errors: 0.004 }),
  call(
    'storefront/bff',
    ['storefront/feature-flags', 8080],
    'http',
    1.2,
    [2, 6],
    ['GET /flags/web', 'GET /flags/checkout'],
  ),
  bffOut('storefront/search', 2.6, [14, 41], ['search.v1.Search/Query', 'search.v1.Search/Suggest']),
  bffOut('catalog/products', 6.2, [8, 22], ['catalog.v1.Products/Get', 'catalog.v1.Products/List'], { errors: 0.001 }),
  bffOut('checkout/cart', 3, [11, 31], ['cart.v1.Cart/Get', 'cart.v1.Cart/Add']),
  bffOut('storefront/recommendations', 3.6, [60, 212], ['recommend.v1.Recommend/ForUser'], { errors: 0.019 }),
  bffOut('checkout/checkout', 1.8, [52, 140], ['checkout.v1.Checkout/Place', 'checkout.v1.Checkout/Quote'], {
    errors: 0.002,
  }),
  bffOut('catalog/reviews', 0.9, [12, 40], ['catalog.v1.Reviews/List']),
  bffOut('orders/orders', 0.7, [18, 64], ['orders.v1.Orders/History']),
  call(
    'storefront/bff',
    ['accounts/identity', 8080],
    'http',
    4,
    [6, 18],
    ['POST /v1/token/introspect', 'GET /v1/session'],
  ),
  call(
    'storefront/search',
    ['storefront/search-index', 9200],
    'http',
    2.6,
    [11, 33],
    ['POST /products/_search', 'POST /products/_msearch'],
  ),
  call('storefront/recommendations', ['catalog/products', 9000], 'grpc', 3.4, [9, 24], ['catalog.v1.Products/List']),
  call('storefront/recommendations', ['accounts/profiles', 9000], 'grpc', 1.9, [5, 15], ['profiles.v1.Profiles/Get']),
  call('checkout/cart', ['checkout/cart-redis', 6379], 'tcp', 4, [0.6, 2], []),
  call('checkout/cart', ['catalog/pricing', 9000], 'grpc', 2.7, [4, 12], ['pricing.v1.Pricing/Quote']),
  call('checkout/checkout', ['checkout/cart', 9000], 'grpc', 1.8, [10, 26], ['cart.v1.Cart/Get', 'cart.v1.Cart/Clear']),
  call(
    'checkout/checkout',
    ['checkout/payments', 9000],
    'grpc',
    1.76,
    [38, 96],
    ['payments.v1.Payments/Authorize', 'payments.v1.Payments/Capture'],
    { errors: 0.002 },
  ),
  call('checkout/checkout', ['checkout/tax', 9000], 'grpc', 1.7, [3, 9], ['tax.v1.Tax/Compute']),
  call('checkout/checkout', ['orders/orders', 9000], 'grpc', 1.6, [22, 64], ['orders.v1.Orders/Create']),
  call('checkout/checkout', ['catalog/inventory', 9000], 'grpc', 1.8, [7, 20], ['inventory.v1.Inventory/Reserve']),
  call('checkout/checkout', ['logistics/shipping', 9000], 'grpc', 1.7, [30, 88], ['shipping.v1.Shipping/Options'], {
    errors: 0.002,
  }),
  call('checkout/payments', ['checkout/fraud', 9000], 'grpc', 1.76, [17, 48], ['fraud.v1.Fraud/Score']),
  call(
    'checkout/payments',
    ['api.cardnet.example', 443],
    'http',
    1.75,
    [28, 62],
    ['POST /v2/authorizations', 'POST /v2/authorizations/{u}/captures'],
    { errors: 0.001, inspectedAtCaller: true },
  ),
  call('checkout/fraud', ['accounts/profiles', 9000], 'grpc', 1.76, [6, 16], ['profiles.v1.Profiles/Risk']),
  sql('catalog/products', 'catalog/catalog-postgres', 7, [1.2, 4]),
  sql('catalog/pricing', 'catalog/catalog-postgres', 2.4, [1, 3]),
  sql('catalog/inventory', 'catalog/catalog-postgres', 1.6, [1, 3]),
  sql('catalog/reviews', 'catalog/catalog-postgres', 0.8, [1.4, 4]),
  call(
    'catalog/products',
    ['catalog/images', 8080],
    'http',
    2.2,
    [5, 14],
    ['GET /i/{n}/thumb.webp', 'GET /i/{n}/full.webp'],
  ),
  call('catalog/images', ['objects.store.example', 443], 'tcp', 2, [24, 58], []),
  sql('orders/orders', 'orders/orders-postgres', 1.8, [1.6, 5]),
  sql('orders/returns', 'orders/orders-postgres', 0.4, [1.6, 5]),
  kafka('orders/orders', 1.1, 'orders.placed'),
  kafka('orders/fulfilment', 1.1, 'orders.placed'),
  kafka('orders/notifications', 1.1, 'orders.placed'),
  kafka('data/ingest', 1.1, 'orders.placed'),
  call('orders/returns', ['checkout/payments', 9000], 'grpc', 0.3, [40, 100], ['payments.v1.Payments/Refund']),
  call('orders/fulfilment', ['logistics/shipping', 9000], 'grpc', 1.3, [28, 79], ['shipping.v1.Shipping/Book']),
  call('orders/fulfilment', ['catalog/inventory', 9000], 'grpc', 1.3, [6, 19], ['inventory.v1.Inventory/Commit']),
  call('orders/notifications', ['platform/mailer', 2525], 'tcp', 0.6, [8, 30], []),
  call('platform/mailer', ['mail.relay.example', 587], 'tcp', 0.6, [70, 210], []),
  sql('accounts/identity', 'accounts/accounts-postgres', 3.2, [1, 3]),
  sql('accounts/profiles', 'accounts/accounts-postgres', 2, [1, 3]),
  call('logistics/shipping', ['logistics/rates', 8080], 'http', 2.6, [19, 52], ['GET /rates?weight={n}']),
  call(
    'logistics/rates',
    ['api.carriers.example', 443],
    'http',
    2.4,
    [21, 49],
    ['GET /v1/quotes', 'GET /v1/zones/{n}'],
    { errors: 0.001, inspectedAtCaller: true },
  ),
  call(
    'logistics/warehouse-sync',
    ['catalog/inventory', 9000],
    'grpc',
    0.8,
    [10, 31],
    ['inventory.v1.Inventory/Adjust'],
    { audited: true },
  ),
  call('data/ingest', ['data/warehouse-clickhouse', 8123], 'http', 0.8, [12, 37], ['POST /?query=insert']),
  call('data/reports', ['data/warehouse-clickhouse', 8123], 'http', 0.3, [180, 600], ['POST /?query=select']),
  call('data/dashboards', ['data/warehouse-clickhouse', 8123], 'http', 0.4, [80, 400], ['POST /?query=select']),
  // Nobody allowed it so far: accounts lets in only its own.
  sql('data/reports', 'accounts/accounts-postgres', 0.5, [14, 60]),
  call('platform/prometheus', ['storefront/web', 9090], 'http', 0.3, [2, 5], ['GET /metrics']),
  call('platform/prometheus', ['kube-system/coredns', 9153], 'tcp', 0.2, [2, 5], []),
  telemetry('storefront/bff', 0.9),
  telemetry('orders/orders', 0.5),
  telemetry('checkout/payments', 0.5),
  dns('storefront/web', 0.9, 'bff.storefront.svc.cluster.local.'),
  dns('checkout/payments', 0.6, 'api.cardnet.example.', 'fraud.checkout.svc.cluster.local.'),
  dns('catalog/images', 0.4, 'objects.store.example.'),
  dns('logistics/rates', 0.4, 'api.carriers.example.'),
]

/** The demo company: a shop of 40 workloads in eight teams' namespaces and kube-system, halfway into a mesh. */
export const company: Company = {
  cluster: 'prod-eu-1',
  namespaces: [
    namespace('storefront', true, 'sidecar'),
    namespace('checkout', true, 'sidecar'),
    namespace('catalog', true, 'ztunnel'),
    namespace('orders', true, 'sidecar'),
    namespace('accounts', true, 'linkerd'),
    namespace('logistics', true, 'linkerd'),
    namespace('data', true),
    namespace('platform', true),
    namespace('kube-system', false, undefined, 'platform'),
  ],
  workloads,
  outside: [
    { name: '', addresses: ['198.51.100.14', '198.51.100.77', '203.0.113.9', '203.0.113.50', '203.0.113.181'] },
    { name: 'api.cardnet.example', addresses: ['192.0.2.10', '192.0.2.11'] },
    { name: 'mail.relay.example', addresses: ['192.0.2.25'] },
    { name: 'api.carriers.example', addresses: ['192.0.2.40', '192.0.2.41'] },
    { name: 'objects.store.example', addresses: ['192.0.2.80', '192.0.2.81'] },
  ],
  calls,
  system: meshSystem,
}
