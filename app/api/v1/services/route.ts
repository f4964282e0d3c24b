import { route } from '@/server/http'
import { servicesView } from '@/server/views/services'

export const GET = route(servicesView)
