using System.Reflection;
using IPlainGrain = Laurel.GrainInterfaces.IGrain;

namespace Laurel.Silo;

/// <summary>Finds a plain interface's grain of Orleans: the one interface of this assembly that inherits both.</summary>
/// <typeparam name="TGrain">The plain interface.</typeparam>
internal static class GrainReferences<TGrain>
    where TGrain : class, IPlainGrain
{
    private static readonly Func<IGrainFactory, string, TGrain> Get = Bind();

    /// <summary>A reference to the grain with that key.</summary>
    public static TGrain Of(IGrainFactory factory, string key) => Get(factory, key);

    private static Func<IGrainFactory, string, TGrain> Bind()
    {
        var bound = typeof(IHostedGrain).Assembly.GetTypes().Single(static type =>
            type.IsInterface && typeof(TGrain).IsAssignableFrom(type) && typeof(IGrainWithStringKey).IsAssignableFrom(type));
        return typeof(GrainReferences<TGrain>)
            .GetMethod(nameof(Reference), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(bound)
            .CreateDelegate<Func<IGrainFactory, string, TGrain>>();
    }

    private static TGrain Reference<TBound>(IGrainFactory factory, string key)
        where TBound : IGrainWithStringKey => (TGrain)(object)factory.GetGrain<TBound>(key);
}
