import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { endpointLabel } from '@/core/endpoint'
import { ServicePage } from '@/components/service/service-page'
import { serviceOf } from '@/components/service-path'

type Props = { params: Promise<{ cluster: string; namespace: string; kind: string; name: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const service = serviceOf(await params)
  return { title: service ? endpointLabel(service) : 'Service' }
}

export default async function Page({ params }: Props) {
  const service = serviceOf(await params)
  if (!service) notFound()
  return <ServicePage self={service} />
}
