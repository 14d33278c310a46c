variable "project_id" {
  type        = string
  description = "Google Cloud project that everything is made in."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{4,28}[a-z0-9]$", var.project_id))
    error_message = "The project is named by its id, not its title or number: 6 to 30 lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }
}

variable "region" {
  type        = string
  description = "Region of subnets that name none of their own."
  default     = "asia-northeast3"
  nullable    = false

  validation {
    condition     = can(regex("^[a-z]+-[a-z]+[0-9]{1,2}$", var.region))
    error_message = "The region is a Google Cloud region without a zone letter, such as asia-northeast3 (Seoul)."
  }
}

variable "name" {
  type        = string
  description = "Name of the network; everything in it is named after it."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }
}

variable "subnets" {
  type = list(object({
    name   = string
    cidr   = string
    region = optional(string)
    secondary = optional(list(object({
      name = string
      cidr = string
    })), [])
  }))
  description = "Subnets: a name, a private IPv4 range, a region of its own if need be, and secondary ranges such as those for pods and services of GKE."
  default     = [{ name = "main", cidr = "10.10.0.0/20" }]
  nullable    = false

  validation {
    condition     = length(var.subnets) >= 1 && length(var.subnets) <= 20
    error_message = "There are 1 to 20 subnets."
  }

  validation {
    condition     = alltrue([for subnet in var.subnets : can(regex("^[a-z]([a-z0-9-]{0,28}[a-z0-9])?$", subnet.name))])
    error_message = "A subnet's name has 1 to 30 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }

  validation {
    condition     = length(distinct(var.subnets[*].name)) == length(var.subnets)
    error_message = "Every subnet has a name of its own."
  }

  validation {
    condition     = alltrue([for subnet in var.subnets : subnet.region == null || can(regex("^[a-z]+-[a-z]+[0-9]{1,2}$", subnet.region))])
    error_message = "A subnet's region is a Google Cloud region without a zone letter, such as asia-northeast3, or is left out."
  }

  validation {
    condition     = alltrue([for subnet in var.subnets : length(subnet.secondary) <= 30 && length(distinct(subnet.secondary[*].name)) == length(subnet.secondary)])
    error_message = "The secondary ranges of a subnet have names of their own; there are at most 30."
  }

  validation {
    condition     = alltrue([for range in flatten(var.subnets[*].secondary) : can(regex("^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$", range.name))])
    error_message = "A secondary range's name has 1 to 63 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }

  validation {
    condition     = alltrue([for cidr in concat(var.subnets[*].cidr, flatten(var.subnets[*].secondary)[*].cidr) : can(regex("^(10|192\\.168|172\\.(1[6-9]|2[0-9]|3[01])|100\\.(6[4-9]|[7-9][0-9]|1[01][0-9]|12[0-7]))\\.[0-9.]+/([89]|1[0-9]|2[0-9])$", cidr))])
    error_message = "Each range lies in private address space (10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10) and has a size from /8 to /29."
  }

  validation {
    condition     = alltrue([for cidr in concat(var.subnets[*].cidr, flatten(var.subnets[*].secondary)[*].cidr) : try(cidrsubnet(cidr, 0, 0) == cidr, false)])
    error_message = "Each range starts at its own first address: 10.10.0.0/20, not 10.10.5.0/20."
  }

  validation {
    # Two ranges overlap when, cut to the size of the larger one, they are the same.
    condition = alltrue(flatten([
      for index, left in concat(var.subnets[*].cidr, flatten(var.subnets[*].secondary)[*].cidr) : [
        for right in slice(concat(var.subnets[*].cidr, flatten(var.subnets[*].secondary)[*].cidr), 0, index) : try(
          cidrsubnet("${split("/", left)[0]}/${min(split("/", left)[1], split("/", right)[1])}", 0, 0)
          != cidrsubnet("${split("/", right)[0]}/${min(split("/", left)[1], split("/", right)[1])}", 0, 0),
          true,
        )
      ]
    ]))
    error_message = "No two ranges of the network overlap, secondary ones included."
  }
}

variable "nat" {
  type        = bool
  description = "Whether machines without a public address reach the internet, through Cloud NAT in every region of the network."
  default     = false
  nullable    = false
}

variable "flow_logs" {
  type        = bool
  description = "Whether half of the subnets' connections are recorded in Cloud Logging."
  default     = false
  nullable    = false
}

variable "allow_iap_ssh" {
  type        = bool
  description = "Whether people whom IAM allows it may open SSH through Identity-Aware Proxy."
  default     = false
  nullable    = false
}

variable "private_services" {
  type        = bool
  description = "Whether Google's managed services get private addresses in it; gcp_sql_postgres needs that."
  default     = false
  nullable    = false
}
