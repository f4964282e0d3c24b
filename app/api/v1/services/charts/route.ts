import { route } from '@/server/http'
import { serviceChartsView } from '@/server/views/service-charts'

export const GET = route(serviceChartsView)
