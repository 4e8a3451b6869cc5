using System.Reflection;
using Laurel.GrainInterfaces;

namespace Laurel.Grains.Tests.WireFormat;

/// <summary>Nodes of two releases talk to each other during an upgrade: what was released stays.</summary>
public sealed class ReleasedContractTests
{
    private static readonly string[] Released =
    [
        .. File.ReadLines(Path.Combine(AppContext.BaseDirectory, "released-contract.txt")).Where(static line => line.Length > 0 && !line.StartsWith('#')),
    ];

    [Fact]
    public void Nothing_released_is_gone_or_changed()
    {
        var gone = Released.Except(Contract.Lines()).ToList();
        Assert.True(gone.Count == 0, $"Released, and not there any more. Add a new method or member instead of changing these:\n{string.Join('\n', gone)}");
    }

    [Fact]
    public void Everything_new_is_on_the_list()
    {
        var added = Contract.Lines().Except(Released).ToList();
        Assert.True(added.Count == 0, $"Add these lines to tests/grains/released-contract.txt; from the next release on they stay:\n{string.Join('\n', added)}");
    }

    [Fact]
    public void Every_method_takes_one_record_and_returns_one_that_says_how_it_ended()
    {
        foreach (var method in Contract.Methods)
        {
            var name = $"{method.DeclaringType!.Name}.{method.Name}";
            Assert.True(method.IsAbstract, $"{name} has a default body.");
            Assert.False(method.IsGenericMethod, $"{name} is generic.");
            Assert.True(method.Name.EndsWith("Async", StringComparison.Ordinal), $"{name} does not end in Async.");
            Assert.Single(method.DeclaringType.GetMethods(), other => other.Name == method.Name);

            var parameters = method.GetParameters().Select(static parameter => parameter.ParameterType).ToList();
            Assert.True(parameters is [_] || (parameters is [_, var second] && second == typeof(CancellationToken)), $"{name} takes not just one record.");
            var response = Contract.ResponseOf(method);
            Assert.True(response.IsAssignableTo(typeof(IOutcome<>).MakeGenericType(response)), $"{name} returns no outcome.");
        }
    }

    [Fact]
    public void A_failure_holds_its_status_and_nothing_else()
    {
        foreach (var response in Contract.Methods.Select(Contract.ResponseOf).Distinct())
        {
            var failed = (IOutcome)response.GetMethod("Failed", BindingFlags.Public | BindingFlags.Static)!.Invoke(null, [OutcomeStatus.Unavailable])!;
            Assert.Equal(OutcomeStatus.Unavailable, failed.Status);
        }
    }

    [Fact]
    public void All_of_it_is_in_one_namespace() =>
        Assert.All(Contract.Interfaces.Concat(Contract.Messages), static type => Assert.Equal("Laurel.GrainInterfaces", type.Namespace));
}
