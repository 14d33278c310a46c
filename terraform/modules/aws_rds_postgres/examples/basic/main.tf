provider "aws" {
  region = "ap-northeast-2"
}

resource "aws_vpc" "example" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "example" {
  for_each = { ap-northeast-2a = "10.20.0.0/24", ap-northeast-2c = "10.20.1.0/24" }

  vpc_id            = aws_vpc.example.id
  availability_zone = each.key
  cidr_block        = each.value
}

resource "aws_security_group" "web" {
  name        = "shop-web"
  description = "Programs that use the database."
  vpc_id      = aws_vpc.example.id
}

module "database" {
  source = "../.."

  name                       = "shop-db"
  vpc_id                     = aws_vpc.example.id
  subnet_ids                 = [for subnet in aws_subnet.example : subnet.id]
  allowed_security_group_ids = [aws_security_group.web.id]
  # An example is thrown away; leave this out for a database that matters.
  deletion_protection = false
  tags                = { team = "payments" }
}

output "endpoint" {
  description = "Host name to connect to."
  value       = module.database.endpoint
}
