variable "name" {
  type        = string
  description = "Name of the network; everything in it is tagged with it."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }
}

variable "cidr" {
  type        = string
  description = "Private IPv4 range of the whole network, /16 to /24; each zone gets an eighth of it twice."
  default     = "10.0.0.0/16"
  nullable    = false

  validation {
    condition     = can(regex("^[0-9]{1,3}(\\.[0-9]{1,3}){3}/(1[6-9]|2[0-4])$", var.cidr))
    error_message = "The range is an IPv4 address and a size from /16 to /24, such as 10.20.0.0/16."
  }

  validation {
    condition     = can(regex("^(10|192\\.168|172\\.(1[6-9]|2[0-9]|3[01]))\\.", var.cidr))
    error_message = "The range lies in private address space: 10.0.0.0/8, 172.16.0.0/12 or 192.168.0.0/16."
  }

  validation {
    condition     = try(cidrsubnet(var.cidr, 0, 0) == var.cidr, false)
    error_message = "The range starts at its own first address: 10.20.0.0/16, not 10.20.5.0/16."
  }
}

variable "az_count" {
  type        = number
  description = "How many availability zones get a public and a private subnet."
  default     = 2
  nullable    = false

  validation {
    condition     = contains([1, 2, 3], var.az_count)
    error_message = "The network spans 1, 2 or 3 availability zones."
  }
}

variable "nat_mode" {
  type        = string
  description = "How private subnets reach the internet: none, through a single NAT gateway, or through one per zone."
  default     = "none"
  nullable    = false

  validation {
    condition     = contains(["none", "single", "per_az"], var.nat_mode)
    error_message = "The NAT mode is none, single or per_az."
  }
}

variable "flow_logs" {
  type        = bool
  description = "Whether the network's connections are recorded in CloudWatch Logs."
  default     = false
  nullable    = false
}

variable "flow_log_days" {
  type        = number
  description = "Days that recorded connections are kept."
  default     = 30
  nullable    = false

  validation {
    # CloudWatch Logs takes these numbers, and longer ones, but none between.
    condition     = contains([1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365], var.flow_log_days)
    error_message = "Flow logs are kept for 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180 or 365 days."
  }
}

variable "tags" {
  type        = map(string)
  description = "Tags for everything in the network, beside the name and those of the platform."
  default     = {}
  nullable    = false

  validation {
    condition     = length(var.tags) <= 40
    error_message = "There are at most 40 tags."
  }

  validation {
    condition     = alltrue([for key in keys(var.tags) : can(regex("^[A-Za-z0-9 _.:/=+@-]{1,128}$", key)) && !startswith(lower(key), "aws:") && !startswith(lower(key), "mcp:")])
    error_message = "A tag's key has 1 to 128 letters, digits, spaces or _.:/=+@- and does not begin with aws: or mcp:, which are reserved."
  }

  validation {
    condition     = length(distinct([for key in keys(merge(var.tags, { Name = "" })) : lower(key)])) == length(merge(var.tags, { Name = "" }))
    error_message = "No two tags differ in capitals only, and none so from Name, which the module sets: IAM takes such keys for one."
  }

  validation {
    # S3, IAM and RDS take no other characters, and say so when the rest stands already.
    condition     = alltrue([for value in values(var.tags) : try(length(value) <= 256 && can(regex("^[\\p{L}\\p{Z}\\p{N}_.:/=+@-]*$", value)), false)])
    error_message = "A tag's value has at most 256 letters, digits, spaces or _.:/=+@-, and is not null."
  }
}
