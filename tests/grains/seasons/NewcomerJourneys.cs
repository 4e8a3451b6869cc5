using Laurel.GrainInterfaces;
using Laurel.Grains.Tests.Support;
using static Laurel.Grains.Tests.Seasons.SeasonJourney;

namespace Laurel.Grains.Tests.Seasons;

/// <summary>Subjects new to a season, of whom it asks the register, while the register changes.</summary>
public class NewcomerJourneys
{
    [Fact]
    public async Task Questions_that_overlap_ask_again_of_what_changed_while_they_were_asked_and_no_more()
    {
        var register = new HeldRegister();
        await using var cluster = await GrainCluster.StartAsync(1, Mischief.None, factories: register.Factories);
        var journey = await StartAsync(cluster, "{}");
        var ada = journey.SubmitAsync(new Score("ada", 1));
        var ofAda = await register.NextAsync();
        var bob = journey.SubmitAsync(new Score("bob", 2));
        var ofBob = await register.NextAsync();

        await TellAsync("ada");
        await TellAsync("bob");
        ofAda.Answer();
        ofAda = await register.NextAsync();
        ofBob.Answer();
        ofBob = await register.NextAsync();
        ofAda.Answer();

        var third = register.NextAsync();
        Assert.Same(ada, await Task.WhenAny(ada, third));
        ofBob.Answer();
        Assert.Same(bob, await Task.WhenAny(bob, third));
        Assert.Equal((OutcomeStatus.Ok, OutcomeStatus.Ok), ((await ada).Status, (await bob).Status));

        Task<Acknowledgement> TellAsync(string userId) => journey.OnSeasonAsync(
            static (season, request) => season.ApplyPlayerChangesAsync(request),
            new PlayerChanges([new PlayerChange(new SubjectFacts(userId, true, false, null, 1), Erased: false)]));
    }
}
