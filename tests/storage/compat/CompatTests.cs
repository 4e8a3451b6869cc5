using Laurel.Tests.Support;

namespace Laurel.Storage.Tests;

/// <summary>Databases of every released version keep opening. Their files are <c>tests/compat/vN/laurel.db</c>.</summary>
public sealed class CompatTests
{
    public static TheoryData<string> Versions =>
        [.. Directory.GetDirectories(Path.Combine(AppContext.BaseDirectory, "compat")).Select(path => Path.GetFileName(path)).Order()];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_database_of_a_released_version_opens_and_holds_what_it_held(string version)
    {
        using var directory = new TempDirectory();
        File.Copy(Path.Combine(AppContext.BaseDirectory, "compat", version, "laurel.db"), Path.Combine(directory, "laurel.db"));

        await using (var store = await CompatDatabase.OpenAsync(directory))
        {
            await CompatDatabase.CheckAsync(store);
        }
    }

    [Fact]
    public async Task What_this_version_writes_holds_the_same()
    {
        using var directory = new TempDirectory();
        Assert.Equal(0, await CompatDatabase.MakeAsync(directory));

        Assert.Equal([Path.Combine(directory, "laurel.db")], Directory.GetFiles(directory));
        await using var store = await CompatDatabase.OpenAsync(directory);
        await CompatDatabase.CheckAsync(store);
    }
}
