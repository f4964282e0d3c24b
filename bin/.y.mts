import { createApiParser } from '@/collectors/prometheus/parse-json'
import { createApiHeads } from '@/collectors/prometheus/api-heads'
import { createScrapeTarget } from '@/collectors/prometheus/scrape-target'
import { metricFamilies } from '@/collectors/prometheus/families'
const mode = process.argv[2]
const bounds = ['0.5', '1', '5', '10', '25', '50', '100', '250', '500', '1000', '2500', '5000', '10000', '+Inf']
const lab = (i) =>
  `reporter="destination",source_workload="web-${i % 97}",source_canonical_service="web-${i % 97}",source_canonical_revision="v1",source_workload_namespace="shop",source_principal="spiffe://cluster.local/ns/shop/sa/web-${i % 97}",source_cluster="Kubernetes",destination_workload="cart",destination_workload_namespace="shop",destination_principal="spiffe://cluster.local/ns/shop/sa/cart",destination_canonical_service="cart",destination_canonical_revision="v1",destination_service="cart.shop.svc.cluster.local",destination_service_name="cart",destination_service_namespace="shop",destination_cluster="Kubernetes",request_protocol="http",response_code="${200 + i}",response_flags="-",connection_security_policy="mutual_tls"`
let t = ''
for (let i = 0; i < 1000; i++) {
  t += `istio_requests_total{${lab(i)}} ${1000 + i}\n`
  for (const b of bounds) t += `istio_request_duration_milliseconds_bucket{${lab(i)},le="${b}"} 1000\n`
  t += `istio_request_duration_milliseconds_sum{${lab(i)}} 1000\nistio_request_duration_milliseconds_count{${lab(i)}} 1000\n`
}
const page = Buffer.from(t)
const json = Buffer.from(
  JSON.stringify({
    status: 'success',
    data: {
      resultType: 'matrix',
      result: t
        .trim()
        .split('\n')
        .map((l) => ({
          metric: Object.fromEntries([
            ['__name__', l.slice(0, l.indexOf('{'))],
            ...l
              .slice(l.indexOf('{') + 1, l.lastIndexOf('}'))
              .split('",')
              .map((p) => p.replace(/"/g, '').split('=')),
          ]),
          values: [[1700000000, '1000']],
        })),
    },
  }),
)
const target = createScrapeTarget(
  metricFamilies.filter((f) => f.id === 'istio'),
  'x',
)
const heads = createApiHeads()
function one(k) {
  if (mode === 'text') {
    const r = target.begin()
    for (let a = 0; a < page.length; a += 65536) r.push(page.subarray(a, a + 65536))
    r.finish(k * 15000)
  } else {
    const p = createApiParser({ series: () => {}, malformed: () => {} }, heads)
    for (let a = 0; a < json.length; a += 65536) p.push(json.subarray(a, a + 65536))
    p.end()
  }
}
for (let k = 0; k < 3; k++) one(k)
const s = performance.now(),
  c = process.cpuUsage()
for (let k = 3; k < 33; k++) one(k)
const u = process.cpuUsage(c)
console.log(
  mode,
  (((30 * 17000) / (performance.now() - s)) * 1000) | 0,
  '/s wall',
  (((30 * 17000) / (u.user + u.system)) * 1e6) | 0,
  '/s cpu',
)
