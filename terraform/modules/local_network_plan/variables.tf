variable "name" {
  type        = string
  description = "Name of the address plan."
  nullable    = false

  validation {
    condition     = can(regex("^[a-z][a-z0-9-]{1,30}[a-z0-9]$", var.name))
    error_message = "The name has 3 to 32 characters: lower-case letters, digits and hyphens, a letter first, no hyphen last."
  }
}

variable "cidr" {
  type        = string
  description = "Private IPv4 range that is divided, /8 to /24."
  default     = "10.0.0.0/16"
  nullable    = false

  validation {
    condition     = can(regex("/([89]|1[0-9]|2[0-4])$", var.cidr))
    error_message = "The range ends in a size from /8 to /24, such as 10.20.0.0/16."
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

variable "zones" {
  type        = number
  description = "How many zones get a public and a private subnet."
  default     = 2
  nullable    = false

  validation {
    condition     = contains([1, 2, 3, 4, 5, 6], var.zones)
    error_message = "There are 1 to 6 zones."
  }
}

variable "newbits" {
  type        = number
  description = "Bits added to the range's size: 4 cuts a /16 into sixteen blocks of /20, and each subnet is one block."
  default     = 4
  nullable    = false

  validation {
    condition     = var.newbits >= 1 && var.newbits <= 8 && floor(var.newbits) == var.newbits
    error_message = "The added bits are a whole number from 1 to 8."
  }

  validation {
    # A range that is none is told of by its own variable.
    condition     = try(tonumber(split("/", var.cidr)[1]) + var.newbits <= 28, true)
    error_message = "The blocks would be smaller than /28, too small for a subnet. Take fewer bits or a larger range."
  }
}

variable "reserve" {
  type        = list(string)
  description = "Parts of the range that no subnet may touch, such as those kept for a VPN."
  default     = []
  nullable    = false

  validation {
    condition     = length(var.reserve) <= 20
    error_message = "At most 20 parts are reserved."
  }

  validation {
    condition     = alltrue([for part in var.reserve : try(cidrsubnet(part, 0, 0) == part, false)])
    error_message = "Each reserved part is an IPv4 range that starts at its own first address, such as 10.0.240.0/20."
  }

  validation {
    condition = alltrue([
      for part in var.reserve : try(
        tonumber(split("/", part)[1]) >= tonumber(split("/", var.cidr)[1])
        && cidrsubnet("${split("/", part)[0]}/${split("/", var.cidr)[1]}", 0, 0) == var.cidr,
        true,
      )
    ])
    error_message = "Each reserved part lies inside the range that is divided."
  }
}
