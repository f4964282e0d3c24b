/** Namespace and name of the Service that a host name (`cart.shop.svc.cluster.local`, `cart.shop.svc:80`, a pod's `redis-0.redis.shop.svc`) is of; null for other hosts. */
export function serviceOfHost(host: string): { readonly namespace: string; readonly name: string } | null {
  const [, name, namespace] =
    /^(?:[a-z0-9-]{1,63}\.)?([a-z0-9-]{1,63})\.([a-z0-9-]{1,63})\.svc(?:[.:].*)?$/i.exec(host) ?? []
  return name && namespace ? { namespace: namespace.toLowerCase(), name: name.toLowerCase() } : null
}
