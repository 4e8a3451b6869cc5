namespace Laurel.Ranking.Tests;

public class RateWindowTests
{
    private const long Second = 1_000_000;
    private static readonly TimeSpan Minute = TimeSpan.FromSeconds(60);

    [Fact]
    public void A_thousand_are_served_and_never_one_more()
    {
        var window = new RateWindow(1000, Minute);
        var served = Enumerable.Range(0, 1500).Sum(i => window.TryTake(i * 100, 1));
        Assert.Equal(1000, served);
        Assert.Equal(0, window.Remaining(150_000));
    }

    [Fact]
    public void What_is_granted_is_all_that_is_wanted_or_all_there_is()
    {
        var window = new RateWindow(10, Minute);
        Assert.Equal(7, window.TryTake(0, 7));
        Assert.Equal(3, window.TryTake(0, 7));
        Assert.Equal(0, window.TryTake(0, 7));
    }

    [Fact]
    public void Permits_come_back_a_window_after_their_use_and_at_most_a_600th_late()
    {
        var window = new RateWindow(10, Minute);
        window.TryTake(0, 4);
        window.TryTake(30 * Second, 6);
        Assert.Equal(0, window.Remaining(60 * Second));
        Assert.Equal(4, window.Remaining(60 * Second + Second / 10));
        Assert.Equal(4, window.Remaining(90 * Second));
        Assert.Equal(10, window.Remaining(90 * Second + Second / 10));
    }

    [Fact]
    public void A_lent_permit_counts_from_the_end_of_its_lease_unless_it_is_settled()
    {
        var window = new RateWindow(10, Minute);
        var kept = window.Lease(0, 4, TimeSpan.FromSeconds(10));
        var settled = window.Lease(0, 6, TimeSpan.FromSeconds(10));
        Assert.Equal((4, 6), (kept.Permits, settled.Permits));

        Assert.True(window.Settle(2 * Second, settled.Id, unused: 5));
        Assert.Equal(5, window.Remaining(2 * Second));
        Assert.Equal(5, window.Remaining(62 * Second));
        Assert.Equal(6, window.Remaining(62 * Second + Second / 10));
        Assert.Equal(6, window.Remaining(70 * Second));
        Assert.Equal(10, window.Remaining(70 * Second + Second / 10));
    }

    [Fact]
    public void A_lease_is_settled_once_and_only_while_it_runs()
    {
        var window = new RateWindow(10, Minute);
        var first = window.Lease(0, 5, TimeSpan.FromSeconds(1));
        Assert.True(window.Settle(0, first.Id, unused: 5));
        Assert.False(window.Settle(0, first.Id, unused: 5));
        Assert.Equal(10, window.Remaining(0));

        var second = window.Lease(0, 5, TimeSpan.FromSeconds(1));
        Assert.False(window.Settle(Second, second.Id, unused: 5));
        Assert.Equal(5, window.Remaining(Second));
        Assert.False(window.Settle(Second, 0, unused: 5));
        Assert.False(window.Settle(Second, 99, unused: 5));
    }

    [Theory]
    [InlineData(int.MaxValue, 10)]
    [InlineData(int.MinValue, 5)]
    public void More_than_was_lent_cannot_be_given_back(int unused, int remaining)
    {
        var window = new RateWindow(10, Minute);
        var lease = window.Lease(0, 5, TimeSpan.FromSeconds(1));
        window.Settle(0, lease.Id, unused);
        Assert.Equal(remaining, window.Remaining(0));
    }

    [Fact]
    public void Beyond_the_limit_of_leases_nothing_is_lent_until_one_ends()
    {
        var window = new RateWindow(1000, Minute);
        for (var i = 0; i < RateWindow.MaxLeases; i++) Assert.Equal(1, window.Lease(0, 1, TimeSpan.FromSeconds(3)).Permits);
        Assert.Equal(default, window.Lease(0, 1, TimeSpan.FromSeconds(3)));
        Assert.Equal(TimeSpan.FromSeconds(3), window.RetryAfter(0));
        Assert.Equal(1, window.Lease(3 * Second, 1, TimeSpan.FromSeconds(3)).Permits);
    }

    [Fact]
    public void The_window_is_free_again_when_its_last_use_is_a_window_ago()
    {
        var window = new RateWindow(10, Minute);
        Assert.Equal(TimeSpan.Zero, window.FreeAfter(0));
        window.TryTake(0, 1);
        window.TryTake(30 * Second, 1);
        Assert.Equal(Minute + TimeSpan.FromMilliseconds(100), window.FreeAfter(30 * Second));
        window.Lease(30 * Second, 1, TimeSpan.FromSeconds(5));
        Assert.Equal(Minute + TimeSpan.FromMilliseconds(5_100), window.FreeAfter(30 * Second));
    }

    [Fact]
    public void A_clock_that_steps_back_stands_still_and_goes_on()
    {
        var window = new RateWindow(10, Minute);
        window.TryTake(1000 * Second, 10);
        Assert.Equal(0, window.TryTake(1 * Second, 1));
        Assert.Equal(0, window.TryTake(60 * Second, 1));
        Assert.Equal(10, window.TryTake(61 * Second + Second / 10, 10));
    }

    [Fact]
    public void Years_without_a_call_are_one_step()
    {
        var window = new RateWindow(10, TimeSpan.FromSeconds(1));
        window.TryTake(-Second, 5);
        window.Lease(-Second, 5, TimeSpan.FromHours(1));
        Assert.Equal(10, window.Remaining(100L * 365 * 86_400 * Second));
    }

    [Fact]
    public void A_limit_below_one_or_a_window_below_a_millisecond_is_misuse()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateWindow(0, Minute));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateWindow(1, TimeSpan.FromMilliseconds(0.9)));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateWindow(1, Minute).TryTake(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateWindow(1, Minute).Lease(0, 0, Minute));
        Assert.Throws<ArgumentOutOfRangeException>(() => new RateWindow(1, Minute).Lease(0, 1, -Minute));
    }

    [Fact]
    public void Random_traffic_with_leases_and_a_clock_that_steps_back_never_exceeds_the_limit_in_any_interval()
    {
        var random = Seeded.Random(out var seed);
        for (var round = 0; round < 300; round++) new RateTraffic(random, $"seed {seed}, round {round}").Run(1_000);
    }
}
