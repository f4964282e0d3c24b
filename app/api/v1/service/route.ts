import { route } from '@/server/http'
import { serviceView } from '@/server/views/service'

export const GET = route(serviceView)
