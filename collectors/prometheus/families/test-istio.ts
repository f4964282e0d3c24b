import { istio } from './istio'
import { onlyRequest, readAll, sampleOf } from './test-samples'

/** Labels of a request from `web` to `cart`. */
export const base = {
  reporter: 'destination',
  source_workload: 'web',
  source_workload_namespace: 'shop',
  destination_workload: 'cart-v1',
  destination_workload_namespace: 'shop',
  destination_service: 'cart.shop.svc.cluster.local',
  destination_service_name: 'cart',
  destination_service_namespace: 'shop',
  request_protocol: 'http',
  response_code: '200',
  response_flags: '-',
  connection_security_policy: 'mutual_tls',
}
export type Changes = Readonly<Record<string, string>>

export const requests = (changes: Changes, n = 10) => sampleOf('istio_requests_total', { ...base, ...changes }, n)
export const request = (changes: Changes) => onlyRequest(readAll(istio, [requests(changes)]))
export const web = { namespace: 'shop', workload: { kind: 'Workload', name: 'web' } }
export const cart = {
  namespace: 'shop',
  workload: { kind: 'Workload', name: 'cart-v1' },
  service: { namespace: 'shop', name: 'cart' },
}
