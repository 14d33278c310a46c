variable "name" {
  type        = string
  description = "Name of the app environment; it becomes part of every endpoint."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }
}

variable "environment" {
  type        = string
  description = "Stage that the app environment serves."
  default     = "dev"
  nullable    = false

  validation {
    condition     = contains(["dev", "stg", "prod"], var.environment)
    error_message = "The environment is dev, stg or prod."
  }
}

variable "owner" {
  type        = string
  description = "Team or person who answers for it."
  default     = "unassigned"
  nullable    = false

  validation {
    condition     = length(var.owner) >= 1 && length(var.owner) <= 64
    error_message = "The owner has 1 to 64 characters."
  }
}

variable "services" {
  type = list(object({
    name     = string
    port     = optional(number, 8080)
    replicas = optional(number, 1)
  }))
  description = "Services that run in it: a name, the port it listens on and how many copies."
  default     = [{ name = "web" }]
  nullable    = false

  validation {
    condition     = length(var.services) >= 1 && length(var.services) <= 20
    error_message = "There are 1 to 20 services."
  }

  validation {
    condition     = alltrue([for service in var.services : can(regex("^[a-z][a-z0-9-]{0,30}$", service.name))])
    error_message = "A service's name has 1 to 31 characters: lower-case letters, digits and hyphens, a letter first."
  }

  validation {
    condition     = length(distinct(var.services[*].name)) == length(var.services)
    error_message = "Every service has a name of its own."
  }

  validation {
    condition     = alltrue([for service in var.services : service.port >= 1 && service.port <= 65535 && floor(service.port) == service.port])
    error_message = "A port is a whole number from 1 to 65535."
  }

  validation {
    condition     = alltrue([for service in var.services : service.replicas >= 0 && service.replicas <= 50 && floor(service.replicas) == service.replicas])
    error_message = "Replicas are a whole number from 0 to 50."
  }
}

variable "ttl_days" {
  type        = number
  description = "Days it is meant to live."
  default     = 7
  nullable    = false

  validation {
    condition     = var.ttl_days >= 1 && var.ttl_days <= 365 && floor(var.ttl_days) == var.ttl_days
    error_message = "The lifetime is a whole number of days from 1 to 365."
  }
}

variable "fail_at" {
  type        = string
  description = "Makes the create or the destroy fail on purpose, to see what a failure looks like."
  default     = "none"
  nullable    = false

  validation {
    condition     = contains(["none", "create", "destroy"], var.fail_at)
    error_message = "It fails at none, create or destroy."
  }
}

variable "delay_seconds" {
  type        = number
  description = "Seconds that the create and the destroy wait, to see progress, cancel and locks."
  default     = 0
  nullable    = false

  validation {
    condition     = var.delay_seconds >= 0 && var.delay_seconds <= 30 && floor(var.delay_seconds) == var.delay_seconds
    error_message = "The delay is a whole number of seconds from 0 to 30."
  }
}

variable "upstream_state" {
  type        = string
  description = "Name of a deployment whose outputs this one reads; before each plan the server puts them here as JSON text. Empty means none."
  default     = ""
  nullable    = false

  validation {
    condition     = var.upstream_state == "" || can(keys(jsondecode(var.upstream_state)))
    error_message = "The outputs of the upstream deployment did not arrive as a JSON object."
  }
}
