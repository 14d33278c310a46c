provider "aws" {
  region = "ap-northeast-2"
}

resource "aws_vpc" "example" {
  cidr_block = "10.20.0.0/16"
}

resource "aws_subnet" "example" {
  vpc_id            = aws_vpc.example.id
  availability_zone = "ap-northeast-2a"
  cidr_block        = "10.20.0.0/24"
}

module "batch" {
  source = "../.."

  name          = "shop-batch"
  vpc_id        = aws_vpc.example.id
  subnet_id     = aws_subnet.example.id
  instance_type = "t4g.small"
  ingress = [
    { port = 443, cidr = "10.20.0.0/16", description = "HTTPS from inside the network" },
    { port = 8443, cidr = "10.20.0.0/16", description = "Admin page from inside the network" },
  ]
  tags = { team = "payments" }
}

output "private_ip" {
  description = "Its address inside the network."
  value       = module.batch.private_ip
}
