package io.howdah.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {

    private static final AddressPolicy USUAL = AddressPolicy.of("");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.255.254",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.250",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:127.0.0.1",
                "::ffff:10.1.2.3",
                "::ffff:a9fe:a9fe",
                "::127.0.0.1",
                "::8.8.8.8",
                "64:ff9b::127.0.0.1",
                "64:ff9b::10.0.0.1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:20::1",
                "2001:db8::1",
                "2002:7f00:1::",
                "2002:0a00:0001::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456:789a::1",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "ff05::1:3"
            })
    void whatAStrangerCannotReachIsRefused(String address) {
        assertThat(USUAL.allows(of(address))).isFalse();
        assertThat(USUAL.allowsPrivately(of(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.167.255.255",
                "192.169.0.1",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "::ffff:8.8.8.8",
                "64:ff9b::8.8.8.8",
                "2001:4860:4860::8888",
                "2600::1",
                "2a00:1450:4001::1"
            })
    void thePublicInternetIsAllowedButOnlyEncrypted(String address) {
        assertThat(USUAL.allows(of(address))).isTrue();
        assertThat(USUAL.allowsPrivately(of(address))).isFalse();
        assertThat(AddressPolicy.of("yes").allowsPrivately(of(address))).isFalse();
    }

    /** Java turns a mapped address into the IPv4 one by itself, unless it comes with a scope. */
    @Test
    void aMappedAddressInIpv6FormCountsAsTheOneInside() throws UnknownHostException {
        byte[] bytes = new byte[16];
        bytes[10] = (byte) 0xff;
        bytes[11] = (byte) 0xff;
        bytes[12] = 127;
        bytes[15] = 1;
        InetAddress mapped = Inet6Address.getByAddress(null, bytes, 0);
        assertThat(mapped).isInstanceOf(Inet6Address.class);
        assertThat(USUAL.allows(mapped)).isFalse();
        assertThat(AddressPolicy.of("127.0.0.0/8").allows(mapped)).isTrue();
    }

    @Test
    void theInstallationOpensSingleNetworks() {
        AddressPolicy policy = AddressPolicy.of("10.20.0.0/16, fd00:1::/64,192.168.7.9");
        assertThat(policy.allows(of("10.20.255.1"))).isTrue();
        assertThat(policy.allowsPrivately(of("10.20.255.1"))).isTrue();
        assertThat(policy.allows(of("fd00:1::5"))).isTrue();
        assertThat(policy.allows(of("192.168.7.9"))).isTrue();
        assertThat(policy.allows(of("192.168.7.10"))).isFalse();
        assertThat(policy.allows(of("10.21.0.1"))).isFalse();
        assertThat(policy.allows(of("fd00:1:0:1::5"))).isFalse();
        assertThat(policy.allows(of("127.0.0.1"))).isFalse();
        assertThat(policy.allows(of("8.8.8.8"))).isTrue();
    }

    @Test
    void yesOpensEveryPrivateNetworkButNoMulticast() {
        AddressPolicy policy = AddressPolicy.of("yes");
        assertThat(policy.allows(of("127.0.0.1"))).isTrue();
        assertThat(policy.allows(of("fe80::1"))).isTrue();
        assertThat(policy.allows(of("224.0.0.1"))).isFalse();
        assertThat(policy.allows(of("ff02::1"))).isFalse();
        assertThat(policy.allows(of("0.0.0.0"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"maybe", "10.0.0.0/33", "10.0.0.0/-1", "fd00::/129", "example.org/8", "10.0.0.0/x"})
    void whatIsNoNetworkIsRefusedAtTheStart(String setting) {
        assertThatThrownBy(() -> AddressPolicy.of(setting)).isInstanceOf(IllegalArgumentException.class);
    }

    private static InetAddress of(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(literal, e);
        }
    }
}
